out vec3 corner;
out float lamp;
flat out vec4 pane;

vec2 cells;

// Three lots for a cell, 0..1: whole numbers throughout, so that every driver draws the same.
vec3 lots(vec2 cell) {
    cell = mod(cell, 251.0);
    float a = mod((57.0 * cell.x + 41.0) * cell.x + 83.0 * cell.y + 5.0, 251.0);
    float b = mod((61.0 * a + 17.0) * a + 29.0 * cell.y + 97.0, 251.0);
    float c = mod((43.0 * b + 11.0) * b + 101.0 * a, 251.0);
    float d = mod((67.0 * c + 31.0) * c + 59.0 * b, 251.0);
    return vec3(b, c, d) / 251.0;
}

// Where a corner of the mesh goes: rows and columns are merged until the panes are about as wide as high, then shaken.
vec2 knot(vec2 place) {
    vec2 cell = floor(place * cells + 0.02);
    vec2 inner = step(0.5, cell) * step(0.5, cells - cell);
    return (cell + inner * 0.72 * (lots(cell + 3.0).xy - 0.5)) / cells;
}

void main() {
    isf_vertShaderInit();
    vec2 here = isf_FragNormCoord;
    // The mesh is one strip of 32 x 18: every three corners in a row are a triangle, the last one speaks for it.
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    cells = vec2(clamp(floor(8.0 * aspect + 0.5), 5.0, 20.0), 9.0);
    cells.y = clamp(floor(cells.x / aspect + 0.5), 4.0, 12.0);
    vec2 unit = vec2(1.0 / 32.0, 1.0 / 18.0);
    bool upper = (gl_VertexID & 1) == 1;
    vec2 first = here - vec2(unit.x, 0.0);
    vec2 second = upper ? here - unit : here + vec2(0.0, unit.y);
    vec2 at = knot(here);
    pane.xy = (at + knot(first) + knot(second)) / 3.0;
    vec2 h = lots(floor(pane.xy * 97.0)).xy;
    pane.zw = sin(6.2832 * h + 0.25 * drift);
    int which = gl_VertexID % 3;
    corner = vec3(which == 0, which == 1, which == 2);
    gl_Position.xy = at * 2.0 - 1.0;
    isf_FragNormCoord = at;
    // A light goes by behind the window.
    vec2 from = (at - 0.5 - vec2(0.42 * sin(0.23 * drift), 0.36 * sin(0.31 * drift + 1.0))) * vec2(aspect, 1.0) / min(aspect, 1.0);
    lamp = exp(-3.2 * dot(from, from));
}
