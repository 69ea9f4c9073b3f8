"""The window: Qt Quick above, the engine's picture below; the only room that knows Qt."""
