"""What a person does at keys, as commands of the running show; the pipeline carries them out."""
