"""Words of the shading language, old and new, and what becomes of them.

It translates nothing (`glsl`).
"""

BUILT_IN = frozenset(
    (
        "RENDERSIZE",
        "TIME",
        "TIMEDELTA",
        "DATE",
        "FRAMEINDEX",
        "PASSINDEX",
        "isf_FragNormCoord",
        "vv_FragNormCoord",
    )
)
"""What a host of the format declares, in its newer and its older version."""
RENAMED = {
    "main": "artvis_main",
    "gl_FragColor": "artvis_FragColor",
    "gl_FragCoord": "artvis_FragCoord",
    "isf_FragColor": "artvis_FragColor",
    "isf_FragCoord": "artvis_FragCoord",
    "vv_FragNormCoord": "isf_FragNormCoord",
    "vv_vertShaderInit": "isf_vertShaderInit",
    "gl_TexCoord": "artvis_TexCoord",
    "gl_MultiTexCoord0": "artvis_MultiTexCoord",
    "gl_Vertex": "artvis_Vertex",
    "gl_ModelViewProjectionMatrix": "mat4(1.0)",
    "gl_ModelViewMatrix": "mat4(1.0)",
    "gl_ProjectionMatrix": "mat4(1.0)",
    "ftransform": "artvis_ftransform",
    "attribute": "in",
    "sampler2DRect": "sampler2D",
    "samplerCube": "sampler2D",
    "texture2D": "texture",
    "texture2DLod": "textureLod",
    "texture2DLodEXT": "textureLod",
    "texture2DProj": "textureProj",
    "texture2DGradARB": "textureGrad",
    "texture2DRect": "IMG_PIXEL",
    "textureCube": "artvis_around",
}
"""Words of older versions of the language and of the format, and what stands for them now."""
_RESERVED = """
active buffer cast class coherent column_major common double enum external filter finish finish_vertex fixed
flat goto half input interface long namespace noinline noperspective output packed partition patch place
precise public readonly resource restrict row_major sample shared short sizeof smooth subroutine superp
template this typedef union unsigned using writeonly
"""
RESERVED = frozenset(_RESERVED.split())
"""Names that a file may use and a driver of today may not like, and those of our mesh and of `finishing`."""
_FUNCTIONS = """
abs acos acosh all any asin asinh atan atanh ceil clamp cos cosh cross degrees determinant distance dot equal
exp exp2 faceforward floor fract greaterThan inverse inversesqrt isinf isnan length lessThan log log2 max min
mix mod modf normalize not notEqual outerProduct pow radians reflect refract round roundEven sign sin sinh
smoothstep sqrt step tan tanh texture transpose trunc
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())
"""Of the language: an input with such a name would hide the function, and some files use both."""


def declared(name: str) -> str:
    """The name under which an input is declared: its own, but for words of the language."""
    return f"isf_{name}" if name in RESERVED or name in FUNCTIONS else name
