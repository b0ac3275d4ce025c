"""A phone's camera: rays from its place through the photo's pixels, over a body that stands on the floor at the origin."""

from dataclasses import dataclass

import numpy as np

# Least distance of the body from the photo's edges (share of its size).
MARGIN = 0.015

# Turns that bring each side before the camera, which stands at -y (degrees about z).
TURN = {"front": 0, "left": -90, "back": 180, "right": 90}


@dataclass
class Camera:
    width: int
    height: int
    focal_px: float
    centre: tuple  # px: where the optical axis meets the photo
    place: np.ndarray  # m
    pitch: float  # radians, down is positive
    roll: float

    def axes(self):
        """Right, down and forward in the world."""
        forward = np.array([0.0, np.cos(self.pitch), -np.sin(self.pitch)])
        right = np.array([1.0, 0.0, 0.0])
        down = np.cross(forward, right)
        c, s = np.cos(self.roll), np.sin(self.roll)
        return right * c + down * s, down * c - right * s, forward

    def project(self, points):
        """Columns and rows (px) of points (m)."""
        right, down, forward = self.axes()
        seen = points - self.place
        depth = seen @ forward
        return np.stack(
            [self.centre[0] + self.focal_px * (seen @ right) / depth, self.centre[1] + self.focal_px * (seen @ down) / depth],
            axis=1,
        )

    def rays(self, left, top, right_px, bottom, samples):
        """Directions (rows, columns, 3) of `samples`² rays a pixel, over a part of the photo."""
        right, down, forward = self.axes()
        columns = (np.arange((right_px - left) * samples) + 0.5) / samples + left
        rows = (np.arange((bottom - top) * samples) + 0.5) / samples + top
        x = (columns - self.centre[0]) / self.focal_px
        y = (rows - self.centre[1]) / self.focal_px
        directions = forward + x[None, :, None] * right + y[:, None, None] * down
        return directions / np.linalg.norm(directions, axis=2, keepdims=True)


def handheld(vertices, angle, size, distance_m, chance):
    """A body turned to `angle`, give or take 8°, and a camera 0.9 to 1.45 m above the floor, pitched by up to 8°, that sees all of it."""
    turn = np.radians(TURN[angle] + chance.uniform(-8, 8))
    c, s = np.cos(turn), np.sin(turn)
    turned = vertices @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    width, height = size
    for attempt in range(400):
        # A photographer lowers the phone or steps aside until all of the body is in the picture.
        most = 8 * (1 - attempt / 500)
        camera = Camera(
            width,
            height,
            focal_px=0.0,
            centre=(width / 2, height / 2),
            place=np.array([chance.uniform(-0.12, 0.12), -distance_m, chance.uniform(0.9, 1.45)]),
            pitch=np.radians(chance.uniform(-most, most)),
            roll=np.radians(chance.uniform(-3, 3)),
        )
        share = chance.uniform(0.6, 0.86)
        camera.focal_px = share * height * distance_m / np.ptp(vertices[:, 2])
        places = camera.project(turned) / [width, height]
        if places.min() > MARGIN and places.max() < 1 - MARGIN:
            return turned, turn, camera
    raise RuntimeError("no camera sees all of this body")
