"""The settings, cut into frozen sections: each object is given only its own.

Field names are the keys of settings.toml; docs in the string after each field are shown by `artvis config show`.
"""

from dataclasses import dataclass, field

FLASH_GUARD_OFF = "off-i-understand"
"""The one value of stage.flash_guard that turns the guard off."""

PROVIDERS = ("painter", "openai", "a1111", "comfyui", "gemini", "auto")
"""What may be said for a back end."""


@dataclass(frozen=True, slots=True)
class AudioSection:
    source: str = "auto"
    """auto, system, system:NAME, mic, mic:NAME, mic:NAME#3-4, file:PATH or demo."""


@dataclass(frozen=True, slots=True)
class ArtSection:
    provider: str = "painter"
    """painter, openai, a1111, comfyui, gemini or auto (the back end that has been configured, else painter)."""
    size: str = "1536x864"
    """Width and height of new artworks."""
    styles: tuple[str, ...] = ()
    """Media and movements to choose from, or styles in your own words; empty: all of ours."""
    artists: str = ""
    """Free text, put after the medium; of several parted by ; each picture has one. Back ends refuse living artists."""
    template: str = ""
    """What pictures are of, in your own words; %subject% stands for one of ours, {a|b} and {2$$a|b|c} are choices,
    __name__ is a line of the file name.txt in the folder wildcards beside the settings. Empty: our subjects."""
    dynamic_mode: bool = True
    """The style drifts with the music; off: it is held."""
    use_song_text: bool = False
    """Whether a song's title may stand in a prompt."""


@dataclass(frozen=True, slots=True)
class BudgetSection:
    """Caps of paid calls; 0 means none. An hour is the last 3,600 s, day and month are calendar in UTC."""

    per_hour_usd: float = 0.0
    per_day_usd: float = 0.5
    per_month_usd: float = 5.0
    per_hour_count: int = 12
    per_day_count: int = 0
    per_month_count: int = 0


@dataclass(frozen=True, slots=True)
class OpenAISection:
    base_url: str = "https://api.openai.com/v1"
    model: str = "gpt-image-1-mini"
    quality: str = "low"


@dataclass(frozen=True, slots=True)
class A1111Section:
    base_url: str = "http://127.0.0.1:7860"
    """A server with the API of AUTOMATIC1111's web UI: Forge, SD.Next, sd.cpp, Draw Things."""


@dataclass(frozen=True, slots=True)
class ComfyUISection:
    base_url: str = "http://127.0.0.1:8188"
    workflow: str = ""
    """A workflow of your own, in API format, with %prompt% and, as you like, %negative%, %seed%, %width%, %height%,
    %checkpoint%; with %image% and %strength% it paints on the picture before. Empty: a plain one."""


@dataclass(frozen=True, slots=True)
class GeminiSection:
    base_url: str = "https://generativelanguage.googleapis.com/v1beta"
    model: str = "gemini-3.1-flash-image"


@dataclass(frozen=True, slots=True)
class ProvidersSection:
    openai: OpenAISection = field(default_factory=OpenAISection)
    a1111: A1111Section = field(default_factory=A1111Section)
    comfyui: ComfyUISection = field(default_factory=ComfyUISection)
    gemini: GeminiSection = field(default_factory=GeminiSection)


@dataclass(frozen=True, slots=True)
class StageSection:
    screen: int | str = -1
    """Number or name of the monitor, which is waited for; -1: the one where the window opens."""
    scene: str = ""
    """Name or file of the one scene that is played; empty: the music chooses."""
    fps: int = 60
    av_offset_ms: float = 0.0
    """Picture against sound, as `artvis calibrate` finds it: above 0 the picture comes earlier, below 0 later."""
    flash_guard: str = "on"
    """on: the picture never flashes more than three times a second, which can set off seizures; or off-i-understand."""


@dataclass(frozen=True, slots=True)
class NetworkSection:
    consent: bool = False
    """Whether provider auto may call a network back end of which no setting has been made."""


@dataclass(frozen=True, slots=True)
class KioskSection:
    keys: tuple[str, ...] = ()
    """Commands that keys may give in kiosk mode; empty: none."""


@dataclass(frozen=True, slots=True)
class NowPlayingSection:
    use: bool = False
    """Whether media players and DJ software are asked what plays, so that a track begins when they say so."""
    show: bool = False
    """Whether title and artist stand on the screen for some seconds when a track begins."""
    file: str = ""
    """A text file that DJ software writes; 'Artist - Title' in its first line."""
    http_port: int = 0
    """Port on 127.0.0.1 where DJ software may POST {title, artist, album} to /now-playing; 0: none."""


@dataclass(frozen=True, slots=True)
class Settings:
    audio: AudioSection = field(default_factory=AudioSection)
    art: ArtSection = field(default_factory=ArtSection)
    budget: BudgetSection = field(default_factory=BudgetSection)
    providers: ProvidersSection = field(default_factory=ProvidersSection)
    stage: StageSection = field(default_factory=StageSection)
    network: NetworkSection = field(default_factory=NetworkSection)
    kiosk: KioskSection = field(default_factory=KioskSection)
    now_playing: NowPlayingSection = field(default_factory=NowPlayingSection)
