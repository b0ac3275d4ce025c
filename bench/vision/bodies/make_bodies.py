"""
Makes bodies that the ruler's own assumptions had no part in, photographs them and measures them by tape.

    python3 -m venv VENV && VENV/bin/pip install -r bench/vision/bodies/requirements.txt
    VENV/bin/python bench/vision/bodies/make_bodies.py --out FOLDER [--count 120] [--first 0] [--repeats 1]
    npm run bench:vision -- --csv FOLDER/people.csv

Writes FOLDER/people.csv and four photos (JPEG, 900×1200) for each body. A body depends on its number alone. With
--repeats 10 each body is photographed ten times: people.csv then has ten lines of it, with the same value in `body`.
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
import torch

from body import Bodies
from camera import TURN, handheld
from render import SIZE, look_of, photograph

COLUMNS = ["front", "back", "left", "right", "sex", "heightCm", "neckCm", "chestCm", "waistCm", "navelCm", "hipCm", "dexaBodyFatPercent"]
MORE = ["body", "bmi", "distanceM", "navelAt", "waistAt", "hipAt", "crotchAt", "thighCm", "calfCm", "upperArmCm", "shoulderCm", "volumeL"]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--count", type=int, default=120)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--repeats", type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    bodies = Bodies()
    with open(given.out / "people.csv", "w", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS + MORE, restval="")
        lines.writeheader()
        for number in range(given.first, given.first + given.count):
            body = bodies.sample(np.random.default_rng([number, 1]))
            look = look_of(np.random.default_rng([number, 2]), body.sex)
            for repeat in range(given.repeats):
                begun = time.monotonic()
                chance = np.random.default_rng([number, 3, repeat])
                distance = float(chance.uniform(1.8, 3.5))
                line = {"sex": body.sex, "body": number, "distanceM": f"{distance:.2f}"}
                for angle in TURN:
                    turned, turn, camera = handheld(body.vertices, angle, SIZE, distance, chance)
                    name = f"{number:03d}-{angle}.jpg" if given.repeats == 1 else f"{number:03d}-{repeat}-{angle}.jpg"
                    photograph(body, turned, turn, camera, look, chance).save(given.out / name, quality=88)
                    line[angle] = name
                line |= {"heightCm": f"{body.height_cm:.2f}", "bmi": f"{body.bmi:.1f}"}
                line |= {name: f"{value:.4f}" if name.endswith("At") else f"{value:.2f}" for name, value in body.girths.items()}
                lines.writerow(line)
                file.flush()
                print(f"{number} {repeat}: {time.monotonic() - begun:.1f} s", flush=True)


main()
