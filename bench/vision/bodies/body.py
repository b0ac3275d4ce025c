"""Bodies of the parametric model anny (Apache-2.0, data CC0): sampled, posed as asked for a scan, and measured by tape."""

from dataclasses import dataclass

import anny
import numpy as np
import torch
from scipy.spatial.transform import Rotation

from tape import tape, volume

# Tissue and lungs together, breathed out (g/mL): what turns a mesh's volume into a mass.
DENSITY = 1.01

# Vertices above and below the middle of the navel's hollow.
NAVEL = (4104, 4105)


@dataclass
class Body:
    sex: str
    height_cm: float
    bmi: float
    vertices: np.ndarray  # (n, 3), m, posed; z is up, the soles are at 0, the face looks along -y
    rest: np.ndarray  # the same vertices before posing: where clothes and hair are
    triangles: np.ndarray
    part: np.ndarray  # (n,) name of the bone that moves a vertex most
    girths: dict  # cm; volumeL in litres


class Bodies:
    """The model, loaded once: the first load builds anny's own cache, which takes minutes."""

    def __init__(self):
        self.model = anny.create_fullbody_model(
            local_changes="default", extrapolate_phenotypes=True, triangulate_faces=True
        )
        self.labels = list(self.model.bone_labels)
        self.triangles = self.model.faces.numpy()
        weights, bones = self.model.vertex_bone_weights.numpy(), self.model.vertex_bone_indices.numpy()
        strongest = bones[np.arange(len(bones)), weights.argmax(1)]
        self.part = np.array(self.labels)[strongest]

    def sample(self, chance: np.random.Generator) -> Body:
        """A body of 148 to 200 cm and a body mass index of 15 to 40, arms 15 to 25° from the trunk."""
        while True:
            body = self._draw(chance)
            if body is not None and 15 <= body.bmi <= 40:
                return body

    def _draw(self, chance):
        female = chance.random() < 0.5
        shape = {
            "gender": float(female),
            "age": chance.uniform(0.58, 0.95),
            "muscle": chance.uniform(0.25, 0.85),
            "weight": chance.uniform(0.0, 1.6),
            "height": chance.uniform(0.3, 0.7),
            "proportions": chance.uniform(0.2, 0.9),
        }
        changes = {label: chance.normal(0, 0.25) for label in LOCAL if label in self.model.local_change_labels}
        with torch.no_grad():
            rest = self.model(phenotype_kwargs=shape, local_changes_kwargs=changes)
            poses = rest["rest_bone_poses"][0].numpy() if "rest_bone_poses" in rest else rest["bone_poses"][0].numpy()
            posed = self.model(
                pose_parameters=self._pose(poses, chance), phenotype_kwargs=shape, local_changes_kwargs=changes
            )
        height_cm = chance.normal(164, 7) if female else chance.normal(177, 7.5)
        height_cm = float(np.clip(height_cm, 148, 200))
        rest_vertices = rest["vertices"][0].numpy()
        scale = height_cm / 100 / np.ptp(rest_vertices[:, 2])
        vertices = posed["vertices"][0].numpy() * scale
        heads = posed["bone_poses"][0, :, :3, 3].numpy() * scale
        floor = vertices[:, 2].min()
        # People turn about their own middle.
        middle = vertices[self.part == "root"].mean(0) if (self.part == "root").any() else vertices.mean(0)
        base = np.array([middle[0], middle[1], floor])
        vertices, heads = vertices - base, heads - base
        # Legs that stand apart, and a bent neck, take from the height; a stadiometer has the body as it stands here.
        height_cm = 100 * float(np.ptp(vertices[:, 2]))
        litres = 1000 * volume(vertices, self.triangles)
        bmi = litres * DENSITY / (height_cm / 100) ** 2
        girths = self._girths(vertices, heads)
        if girths is None:
            return None
        girths["volumeL"] = litres
        rest_vertices = rest_vertices * scale
        rest_vertices = rest_vertices - [0, 0, rest_vertices[:, 2].min()]
        sex = "female" if female else "male"
        return Body(sex, height_cm, bmi, vertices, rest_vertices, self.triangles, self.part, girths)

    def _pose(self, poses, chance):
        """Turns of the arms, each in its bone's own axes: upper arms to 15–25° from the trunk, elbows nearly straight."""
        at = lambda name: poses[self.labels.index(name)]
        spread = np.radians(chance.uniform(15, 25))
        parameters = {}
        for side, sign in (("L", 1), ("R", -1)):
            turn = np.radians(chance.normal(0, 2))
            wanted = np.array([sign * np.sin(spread + turn), 0.0, -np.cos(spread + turn)])
            upper = at(f"lowerarm01.{side}")[:3, 3] - at(f"upperarm01.{side}")[:3, 3]
            lower = at(f"wrist.{side}")[:3, 3] - at(f"lowerarm01.{side}")[:3, 3]
            first = _between(upper, wanted)
            # The forearm keeps a bend of up to 10°, forwards.
            bend = np.radians(chance.uniform(0, 10))
            wanted_lower = np.array([wanted[0] * np.cos(bend), -np.sin(bend), wanted[2] * np.cos(bend)])
            second = _between(first @ lower, wanted_lower)
            parameters[f"upperarm01.{side}"] = _in_bone(at(f"upperarm01.{side}"), first)
            # In the bone's axes before the upper arm turned.
            parameters[f"lowerarm01.{side}"] = _in_bone(at(f"lowerarm01.{side}"), first.T @ second @ first)
        nod = Rotation.from_euler("x", chance.normal(0, 4), degrees=True).as_matrix()
        parameters["neck01"] = _in_bone(at("neck01"), nod)
        return parameters

    def _girths(self, vertices, heads):
        height = np.ptp(vertices[:, 2])
        limb = np.array([part.startswith(ARM) for part in self.part])
        trunk = self.triangles[~limb[self.triangles].any(1)]
        level = lambda share: tape(vertices, trunk, (0, 0, share * height))
        navel = vertices[list(NAVEL), 2].mean() / height
        crotch = self._crotch(vertices)
        # From the navel to the lowest ribs, and from above the crotch to the pelvis' upper edge.
        waist_shares = np.arange(navel - 0.01, min(navel + 0.09, 0.7), 0.004)
        hip_shares = np.arange(crotch / height + 0.015, navel - 0.04, 0.004)
        waists = [level(share) for share in waist_shares]
        hips = [level(share) for share in hip_shares]
        head = lambda name: heads[self.labels.index(name)]
        axis = head("head") - head("neck01")
        near = np.linalg.norm(vertices - (head("neck01") + head("head")) / 2, axis=1) < 0.13
        neck = trunk[near[trunk].all(1)]
        necks = [tape(vertices, neck, head("neck01") + share * axis, axis) for share in np.arange(0.1, 1.01, 0.05)]
        leg = self.triangles[np.array([part.endswith(".L") and part.startswith(LEG) for part in self.part])[self.triangles].all(1)]
        knee = head("lowerleg01.L")[2]
        thigh = tape(vertices, leg, (0, 0, knee + 0.6 * (crotch - knee)))
        calf = max(tape(vertices, leg, (0, 0, share * knee)) for share in np.arange(0.5, 0.9, 0.02))
        arm = self.triangles[np.array([part.startswith("upperarm") and part.endswith(".L") for part in self.part])[self.triangles].all(1)]
        along = head("lowerarm01.L") - head("upperarm01.L")
        upper_arm = tape(vertices, arm, head("upperarm01.L") + 0.5 * along, along)
        # Over the arms, where the deltoids stand out: a little below the shoulders' joints.
        joints = (head("upperarm01.L")[2] + head("upperarm01.R")[2]) / 2
        shoulder = tape(vertices, self.triangles, (0, 0, joints - 0.025 * height))
        metres = {
            "neckCm": min(necks),
            "waistCm": min(waists),
            "navelCm": level(navel),
            "hipCm": max(hips),
            "thighCm": thigh,
            "calfCm": calf,
            "upperArmCm": upper_arm,
            "shoulderCm": shoulder,
        }
        if min(metres.values()) <= 0.05:
            return None
        cm = {name: 100 * value for name, value in metres.items()}
        cm["navelAt"] = navel
        cm |= {"waistAt": waist_shares[np.argmin(waists)], "hipAt": hip_shares[np.argmax(hips)], "crotchAt": crotch / height}
        return cm

    def _crotch(self, vertices):
        """Height (m) of the lowest place in the body's middle above the knees."""
        middle = (np.abs(vertices[:, 0]) < 0.006) & (vertices[:, 2] > 0.35 * np.ptp(vertices[:, 2]))
        return float(vertices[middle, 2].min())


ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
LEG = ("upperleg", "lowerleg", "foot")

# Local changes of anny that make one trunk unlike another.
LOCAL = (
    "stomach-pregnant-incr",
    "stomach-tone-incr",
    "stomach-navel-up",
    "hip-scale-horiz-incr",
    "hip-scale-depth-incr",
    "hip-waist-up",
    "torso-scale-depth-incr",
    "torso-scale-horiz-incr",
    "torso-vshape-incr",
    "buttocks-volume-incr",
    "breast-volume-vert-up",
    "neck-scale-depth-incr",
    "neck-scale-horiz-incr",
    "neck-scale-vert-incr",
    "neck-trans-forward",
    "neck-double-incr",
    "head-scale-vert-incr",
    "measure-waist-circ-incr",
    "measure-hips-circ-incr",
    "measure-neck-circ-incr",
    "measure-thigh-circ-incr",
    "measure-calf-circ-incr",
    "measure-upperarm-circ-incr",
    "bulge-incr",
    "pelvis-tone-incr",
    "upperlegs-height-incr",
    "lowerlegs-height-incr",
    "l-foot-scale-incr",
    "r-foot-scale-incr",
)


def _between(a, b):
    """The least turn that leads from direction `a` to `b`."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    axis = np.cross(a, b)
    sine = np.linalg.norm(axis)
    angle = np.arctan2(sine, a @ b)
    return Rotation.from_rotvec(axis / sine * angle if sine > 1e-9 else np.zeros(3)).as_matrix()


def _in_bone(pose, turn):
    """A turn of the world's axes as one in a bone's own, as anny takes it: (1, 4, 4)."""
    own = np.eye(4)
    own[:3, :3] = pose[:3, :3].T @ turn @ pose[:3, :3]
    return torch.tensor(own)[None]
