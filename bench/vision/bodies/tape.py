"""Girths as a tape measures them: the convex hull of a mesh's cross-section, since a tape spans hollows."""

import numpy as np
from scipy.spatial import ConvexHull, QhullError


def cross_section(vertices, triangles, point, normal):
    """Points (n, 2) of the plane through `point` at which it cuts the triangles' edges; units of `vertices`."""
    normal = normal / np.linalg.norm(normal)
    height = (vertices - point) @ normal
    corners = height[triangles]
    cut = triangles[(corners.min(1) < 0) & (corners.max(1) >= 0)]
    points = []
    for a, b in ((0, 1), (1, 2), (2, 0)):
        above, below = height[cut[:, a]], height[cut[:, b]]
        crossing = (above < 0) != (below < 0)
        share = (above / (above - below + 1e-12))[crossing, None]
        points.append(vertices[cut[crossing, a]] * (1 - share) + vertices[cut[crossing, b]] * share)
    points = np.concatenate(points) - point
    first = np.cross(normal, [1.0, 0.0, 0.0])
    if np.linalg.norm(first) < 0.1:
        first = np.cross(normal, [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    return np.stack([points @ first, points @ np.cross(normal, first)], axis=1)


def tape(vertices, triangles, point, normal=(0.0, 0.0, 1.0)):
    """Length of a tape about what the plane cuts; 0 where it cuts nothing."""
    points = cross_section(vertices, triangles, np.asarray(point, float), np.asarray(normal, float))
    if len(points) < 3:
        return 0.0
    try:
        # Of a hull in the plane, scipy calls the circumference "area".
        return float(ConvexHull(points).area)
    except QhullError:
        return 0.0


def volume(vertices, triangles):
    """Volume that a closed mesh encloses."""
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    return abs(float(np.einsum("ij,ij->i", np.cross(a, b), c).sum()) / 6)
