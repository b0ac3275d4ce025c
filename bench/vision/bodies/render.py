"""Photographs of a body: rays against its mesh, shaded, in a plain room, as a phone develops them."""

import numpy as np
import warp as wp
from PIL import Image, ImageFilter

wp.config.quiet = True
wp.init()

SAMPLES = 2
SIZE = (900, 1200)

SKINS = [(255, 224, 196), (241, 194, 160), (224, 172, 130), (198, 134, 92), (160, 104, 66), (118, 76, 50), (78, 50, 36)]
HAIRS = [(20, 18, 18), (45, 30, 22), (84, 56, 36), (140, 104, 60), (200, 168, 110), (120, 60, 36), (150, 150, 150)]
CLOTHES = [(28, 30, 48), (110, 24, 44), (36, 84, 70), (60, 60, 64), (150, 60, 40), (40, 70, 140), (205, 200, 190)]
WALLS = [(226, 222, 214), (126, 134, 144), (190, 200, 196), (206, 186, 160), (160, 170, 186), (96, 104, 100)]
FLOORS = [(140, 118, 94), (100, 96, 94), (176, 156, 130), (84, 66, 52)]


@wp.kernel
def cast(
    mesh: wp.uint64,
    place: wp.vec3,
    directions: wp.array(dtype=wp.vec3),
    faces: wp.array(dtype=wp.int32),
    u: wp.array(dtype=wp.float32),
    v: wp.array(dtype=wp.float32),
):
    i = wp.tid()
    query = wp.mesh_query_ray(mesh, place, directions[i], 100.0)
    faces[i] = -1
    if query.result:
        faces[i] = query.face
        u[i] = query.u
        v[i] = query.v


def look_of(chance, sex):
    """Colours of one person and one room, hair's thickness (m), light. Clothes and walls differ enough to be told apart."""
    skin = np.array(SKINS[chance.integers(len(SKINS))], float)
    far = lambda options: [np.array(o, float) for o in options if np.linalg.norm(np.array(o) - skin) > 70]
    shorts = far(CLOTHES)[chance.integers(len(far(CLOTHES)))]
    walls = [w for w in far(WALLS) if np.linalg.norm(w - shorts) > 70] or [np.array(WALLS[0], float)]
    light = np.array([chance.uniform(-0.6, 0.6), -1.0, chance.uniform(0.2, 0.8)])
    return {
        "skin": skin,
        "hair": np.array(HAIRS[chance.integers(len(HAIRS))], float),
        "hairM": chance.uniform(0.0, 0.012),
        "shorts": shorts,
        "hem": chance.uniform(0.36, 0.43),
        "band": chance.uniform(0.56, 0.61),
        "top": (0.695, 0.775) if sex == "female" else None,
        "wall": walls[chance.integers(len(walls))],
        "floor": np.array(FLOORS[chance.integers(len(FLOORS))], float),
        "light": light / np.linalg.norm(light),
        "wallAt": chance.uniform(0.5, 1.6),
    }


def with_hair(body, vertices, normals, look):
    """The scalp, moved outwards by the hair's thickness."""
    scalp = np.clip(4 * _scalp(body, body.rest), 0, 1)
    return vertices + normals * (scalp * look["hairM"])[:, None]


def _scalp(body, rest):
    """Above 0 where hair grows, by places of the rest pose."""
    head = np.isin(body.part, ["head", *[p for p in np.unique(body.part) if p.startswith("temporalis")]])
    top, low = body.rest[head].max(0), body.rest[head].min(0)
    middle = (top + low) / 2
    up = (rest[:, 2] - middle[2]) / (top[2] - middle[2])
    back = (rest[:, 1] - middle[1]) / (top[1] - middle[1])
    return np.minimum(up + 0.75 * back - 0.2, up + 0.4)


def normals_of(vertices, triangles):
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    faces = np.cross(b - a, c - a)
    normals = np.zeros_like(vertices)
    for i in range(3):
        np.add.at(normals, triangles[:, i], faces)
    return normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12)


def photograph(body, turned, turn, camera, look, chance):
    """One photo, as a Pillow image."""
    c, s = np.cos(turn), np.sin(turn)
    spin = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    normals = normals_of(turned, body.triangles)
    vertices = with_hair(body, turned, normals, look)
    places = camera.project(vertices)
    left, top = np.maximum(0, np.floor(places.min(0)).astype(int) - 2)
    right, bottom = np.minimum(SIZE, np.ceil(places.max(0)).astype(int) + 3)
    colours = _room(camera, look, vertices)
    directions = camera.rays(left, top, right, bottom, SAMPLES)
    shape = directions.shape[:2]
    count = shape[0] * shape[1]
    mesh = wp.Mesh(
        points=wp.array(vertices, dtype=wp.vec3, device="cpu"),
        indices=wp.array(body.triangles.flatten(), dtype=wp.int32, device="cpu"),
    )
    faces = wp.empty(count, dtype=wp.int32, device="cpu")
    u, v = (wp.empty(count, dtype=wp.float32, device="cpu") for _ in range(2))
    rays = wp.array(directions.reshape(-1, 3), dtype=wp.vec3, device="cpu")
    wp.launch(cast, dim=count, inputs=[mesh.id, wp.vec3(*camera.place), rays, faces, u, v], device="cpu")
    hit = faces.numpy() >= 0
    face = body.triangles[faces.numpy()[hit]]
    weights = np.stack([u.numpy()[hit], v.numpy()[hit], 1 - u.numpy()[hit] - v.numpy()[hit]], axis=1)
    blend = lambda values: np.einsum("ij,ijk->ik", weights, values[face])
    normal = blend(normals)
    part = body.part[face[np.arange(len(face)), weights.argmax(1)]]
    albedo = _albedo(body, blend(body.rest), part, blend(_scalp(body, body.rest)[:, None])[:, 0], look)
    facing = np.clip(normal @ look["light"], 0, 1)
    above = 0.5 + 0.5 * normal[:, 2]
    shaded = albedo * (0.42 + 0.2 * above + 0.5 * facing)[:, None]
    patch = np.repeat(np.repeat(colours[top:bottom, left:right], SAMPLES, 0), SAMPLES, 1)
    patch.reshape(-1, 3)[hit] = shaded
    patch = patch.reshape(bottom - top, SAMPLES, right - left, SAMPLES, 3).mean((1, 3))
    colours[top:bottom, left:right] = patch
    return _develop(colours, chance)


def _albedo(body, rest, part, scalp, look):
    height = body.rest[:, 2].max()
    level = rest[:, 2] / height
    colour = np.tile(look["skin"], (len(rest), 1))
    starts = lambda *names: np.array([p.startswith(names) for p in body_parts])[part_index]
    body_parts, part_index = np.unique(part, return_inverse=True)
    arm = starts("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
    colour[~arm & (level > look["hem"]) & (level < look["band"])] = look["shorts"]
    if look["top"]:
        low, high = look["top"]
        colour[~arm & (level > low) & (level < high)] = look["shorts"] * 0.8
    face = starts("head", "temporalis", "oculi", "orbicularis", "eye", "special", "levator", "oris", "risorius", "jaw")
    colour[face & (scalp > 0)] = look["hair"]
    colour[starts("oris") & (scalp <= 0)] *= [0.85, 0.55, 0.55]
    colour[starts("orbicularis", "oculi") & (scalp <= 0)] *= 0.75
    colour[starts("eye")] = (40, 30, 26)
    return colour


def _room(camera, look, vertices):
    """Floor and wall behind the body; a soft shadow about the feet."""
    directions = camera.rays(0, 0, *SIZE, 1)
    down = directions[..., 2] < -1e-6
    with np.errstate(divide="ignore", invalid="ignore"):
        floor_at = np.where(down, -camera.place[2] / directions[..., 2], np.inf)
    wall_at = (look["wallAt"] - camera.place[1]) / directions[..., 1]
    on_floor = floor_at < wall_at
    reach = np.where(on_floor, floor_at, wall_at)
    point = camera.place + directions * reach[..., None]
    fall = 1 - 0.06 * np.abs(point[..., 0]) - 0.05 * np.abs(point[..., 2] - 1.4)
    feet = vertices[vertices[:, 2] < 0.1].mean(0)
    shadow = 1 - 0.45 * np.exp(-(((point[..., 0] - feet[0]) / 0.3) ** 2 + ((point[..., 1] - feet[1]) / 0.2) ** 2))
    colour = np.where(on_floor[..., None], look["floor"] * shadow[..., None], look["wall"])
    return colour * np.clip(fall, 0.4, 1.1)[..., None]


def _develop(colours, chance):
    """Exposure, a little blur, noise."""
    exposed = np.clip(colours * chance.uniform(0.8, 1.1), 0, 255).astype(np.uint8)
    blurred = np.asarray(Image.fromarray(exposed).filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.9))), float)
    noisy = blurred + chance.normal(0, chance.uniform(1, 4), blurred.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
