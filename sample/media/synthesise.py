#!/usr/bin/env python3
"""Makes the three music samples of the demo: dombra, sybyzgy and kobyz.

The pieces are original and wholly synthetic: no recording went into them. The
same input gives the same sound on every run. Needs numpy, and `lame` to encode:

    pip install numpy
    python3 sample/media/synthesise.py

Each piece is written as a 16-bit mono WAV into a temporary folder and encoded
beside this script with

    lame --quiet -m m -b 64 -q 2 --noreplaygain IN.wav OUT.mp3
"""

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

RATE = 44_100
PEAK = 10 ** (-3 / 20)  # 3 dB below full scale leaves room for the MP3 filter bank.

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def frequency(note):
    """The pitch of a note such as `D4`, `F#4` or `Bb3` in Hz (A4 = 440)."""
    step = SEMITONES[note[0]] + note.count("#") - note[1:].count("b")
    octave = int(note[-1])
    return 440.0 * 2 ** ((step - 9) / 12 + octave - 4)


def silence(seconds):
    return np.zeros(int(seconds * RATE))


def add(track, sound, at):
    """Mixes `sound` into `track` from the second `at` on, cut at the end."""
    start = int(at * RATE)
    end = min(start + len(sound), len(track))
    if end > start:
        track[start:end] += sound[: end - start]


def smooth(sound, cutoff):
    """A gentle low-pass, drawn as a Butterworth curve over the spectrum."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return np.fft.irfft(spectrum / np.sqrt(1 + (hertz / cutoff) ** 4), len(sound))


def resonate(sound, bodies):
    """Lifts the bands `(centre, width, gain)`, as a wooden body would."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    curve = np.ones_like(hertz)
    for centre, width, gain in bodies:
        curve += gain * np.exp(-(((hertz - centre) / width) ** 2))
    return np.fft.irfft(spectrum * curve, len(sound))


def room(sound, amount, seconds, random):
    """A short reverberation: decaying noise folded with the sound."""
    length = int(seconds * RATE)
    tail = random.standard_normal(length) * np.exp(-6 * np.arange(length) / length)
    tail = smooth(tail, 3_500)
    tail /= np.sqrt(np.sum(tail**2))
    size = len(sound) + length
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)
    return sound + amount * wet[: len(sound)]


def finish(track, fade_in=0.01, fade_out=0.6):
    """Fades both ends and brings the loudest sample to `PEAK`."""
    rise, fall = int(fade_in * RATE), int(fade_out * RATE)
    track[:rise] *= np.linspace(0, 1, rise)
    track[-fall:] *= np.linspace(1, 0, fall) ** 2
    track -= track.mean()
    return track * (PEAK / np.abs(track).max())


def pluck(note, seconds, random, bright=0.5, ring=0.9975):
    """A plucked string after Karplus and Strong, tuned by a fractional delay."""
    hertz = frequency(note)
    period = RATE / hertz - 0.5
    size = int(period)
    fraction = period - size
    burst = random.uniform(-1, 1, size + 1)
    burst -= burst.mean()
    for _ in range(int((1 - bright) * 6)):
        burst = 0.5 * (burst + np.roll(burst, 1))
    # Plucked at a seventh of the string, as near the dombra's bridge.
    burst -= np.roll(burst, max(1, size // 7))
    burst /= np.abs(burst).max()

    length = int(seconds * RATE)
    out = np.zeros(length + size + 2)
    out[: size + 1] = burst
    # A whole period is worked at once: each new sample needs old ones only.
    at = size + 2
    while at < len(out):
        end = min(at + size - 1, len(out))
        now = np.arange(at, end)
        near = out[now - size] * (1 - fraction) + out[now - size - 1] * fraction
        far = out[now - size - 1] * (1 - fraction) + out[now - size - 2] * fraction
        out[at:end] = ring * 0.5 * (near + far)
        at = end
    out = out[:length]
    out[-int(0.03 * RATE):] *= np.linspace(1, 0, int(0.03 * RATE))
    return out


def dombra(random):
    """A quick two-string tune over the open strings D and G, at a gallop."""
    beat = 0.42
    # Each bar: (note of the upper string, length in beats).
    bars = [
        [("G4", 1), ("A4", 0.5), ("Bb4", 0.5), ("A4", 1)],
        [("G4", 0.5), ("F4", 0.5), ("G4", 1), ("D4", 1)],
        [("G4", 1), ("A4", 0.5), ("Bb4", 0.5), ("C5", 1)],
        [("D5", 0.5), ("C5", 0.5), ("Bb4", 1), ("A4", 1)],
        [("D5", 1), ("C5", 0.5), ("D5", 0.5), ("F5", 1)],
        [("D5", 0.5), ("C5", 0.5), ("Bb4", 0.5), ("A4", 0.5), ("G4", 1)],
        [("A4", 0.5), ("Bb4", 0.5), ("A4", 0.5), ("G4", 0.5), ("F4", 1)],
        [("G4", 0.5), ("F4", 0.5), ("D4", 0.5), ("F4", 0.5), ("G4", 1)],
        [("G4", 3)],
    ]
    track = silence(len(bars) * 3 * beat + 1.2)
    now = 0.05
    for bar in bars:
        for note, length in bar:
            # The gallop: a long stroke and two short ones fill each beat.
            strokes = [0, 0.5, 0.75] if length == 1 else [0, 0.25]
            if length == 3:
                strokes = [0]
            for number, part in enumerate(strokes):
                at = now + part * beat + random.uniform(0, 0.006)
                loud = (1.0 if number == 0 else 0.55) * random.uniform(0.9, 1.0)
                hold = 2.2 if length == 3 else 0.9
                add(track, loud * pluck(note, hold, random, 0.62), at)
                add(track, 0.5 * loud * pluck("D4", hold, random, 0.45), at + 0.012)
                if number == 0:
                    add(track, 0.35 * loud * pluck("G3", hold, random, 0.35), at + 0.004)
            now += length * beat
    track = resonate(track, [(210, 60, 0.8), (430, 110, 0.9), (1_150, 300, 0.5)])
    track = smooth(track, 6_500)
    # Rounds the sharpest strokes, so that the tune itself is heard louder.
    track = np.tanh(2.2 * track / np.abs(track).max())
    return finish(room(track, 0.16, 0.7, random))


def breath(note, seconds, random, glide=None, loud=1.0):
    """An end-blown flute: few partials, breath noise, a vibrato that grows."""
    length = int(seconds * RATE)
    time = np.arange(length) / RATE
    hertz = np.full(length, frequency(note))
    if glide:
        slide = np.clip(time / 0.16, 0, 1)
        hertz = frequency(glide) * (frequency(note) / frequency(glide)) ** slide
    vibrato = 0.007 * np.clip((time - 0.35) / 0.6, 0, 1)
    hertz = hertz * (1 + vibrato * np.sin(2 * np.pi * 5.1 * time))
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    tone = sum(
        level * np.sin(number * phase + number)
        for number, level in ((1, 1.0), (2, 0.32), (3, 0.16), (4, 0.05), (5, 0.03))
    )
    noise = smooth(random.standard_normal(length), 4_000)
    noise = resonate(noise, [(frequency(note), 60, 6.0), (2 * frequency(note), 90, 3.0)])
    noise *= 0.05 / np.sqrt(np.mean(noise**2))
    attack = np.clip(time / 0.09, 0, 1) ** 1.5
    release = np.clip((seconds - time) / 0.16, 0, 1)
    swell = 0.82 + 0.18 * np.sin(np.pi * time / seconds)
    return loud * (tone + noise * 1.6) * attack * release * swell


def sybyzgy(random):
    """A slow steppe call on the flute, above the player's own held low tone."""
    phrases = [
        ("A4", 1.5, None), ("C5", 0.55, "A4"), ("D5", 1.55, "C5"), (None, 0.2, None),
        ("E5", 0.7, "D5"), ("D5", 0.4, None), ("C5", 0.5, "D5"), ("A4", 1.5, "C5"),
        (None, 0.25, None), ("G4", 0.5, None), ("A4", 0.5, "G4"), ("C5", 0.7, "A4"),
        ("D5", 0.45, None), ("C5", 0.4, None), ("A4", 0.5, None), ("G4", 0.6, "A4"),
        ("A4", 2.0, "G4"),
    ]
    total = sum(length for _, length, _ in phrases) + 0.7
    track = silence(total)
    now = 0.1
    for note, length, glide in phrases:
        if note:
            add(track, breath(note, length + 0.12, random, glide), now)
        now += length

    time = np.arange(len(track)) / RATE
    phase = 2 * np.pi * frequency("A2") * time + 0.15 * np.sin(2 * np.pi * 0.9 * time)
    drone = sum(np.sin(number * phase) / number**1.3 for number in range(1, 12))
    drone = resonate(smooth(drone, 900), [(220, 40, 1.2), (660, 90, 1.0)])
    drone *= np.clip(time / 1.2, 0, 1) * np.clip((total - time) / 1.0, 0, 1)
    track += 0.16 * drone
    return finish(room(track, 0.35, 1.6, random), fade_out=0.9)


def bow(note, seconds, random, glide=None):
    """A bowed horsehair string: rich partials, slow attack, a rough edge."""
    length = int(seconds * RATE)
    time = np.arange(length) / RATE
    hertz = np.full(length, frequency(note))
    if glide:
        slide = np.clip(time / 0.22, 0, 1)
        hertz = frequency(glide) * (frequency(note) / frequency(glide)) ** slide
    hertz = hertz * (1 + 0.006 * np.clip(time / 0.5, 0, 1) * np.sin(2 * np.pi * 5.6 * time))
    wobble = smooth(random.standard_normal(length), 12)
    hertz = hertz * (1 + 0.0015 * wobble / np.abs(wobble).max())
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    tone = sum(np.sin(number * phase) / number for number in range(1, 22))
    hair = smooth(random.standard_normal(length), 2_500)
    hair *= 0.06 / np.sqrt(np.mean(hair**2))
    attack = np.clip(time / 0.13, 0, 1)
    release = np.clip((seconds - time) / 0.14, 0, 1)
    return (tone + hair) * attack * release


def drum(random, deep=True):
    """A stroke on a small skin drum: at its middle, or on its rim."""
    length = int(0.45 * RATE)
    time = np.arange(length) / RATE
    low, fall = (82, 11) if deep else (190, 26)
    skin = np.sin(2 * np.pi * (low * time + 2.2 * (1 - np.exp(-time * 30)))) * np.exp(-fall * time)
    slap = smooth(random.standard_normal(length), 1_200 if deep else 3_200) * np.exp(-time * 60)
    return skin + (0.5 if deep else 0.9) * slap / np.abs(slap).max()


def kobyz(random):
    """A bowed tune with a frame drum that walks beneath it."""
    beat = 0.5
    tune = [
        ("D3", 2, None), ("F3", 1, "D3"), ("G3", 1, "F3"),
        ("A3", 2, "G3"), ("G3", 1, None), ("F3", 1, "G3"),
        ("G3", 1, "F3"), ("A3", 1, None), ("C4", 1, "A3"), ("A3", 1, "C4"),
        ("G3", 1, None), ("F3", 1, None), ("D3", 2, "F3"),
        ("C4", 1, "A3"), ("D4", 2, "C4"), ("C4", 0.5, None), ("A3", 0.5, None),
        ("G3", 1, "A3"), ("F3", 1, None), ("D3", 3, "F3"),
    ]
    beats = sum(length for _, length, _ in tune)
    track = silence(beats * beat + 0.6)
    now = 0.05
    for note, length, glide in tune:
        add(track, bow(note, length * beat + 0.1, random, glide), now)
        now += length * beat
    track = resonate(track, [(280, 70, 1.2), (520, 120, 1.4), (1_100, 260, 0.8)])
    track = smooth(track, 2_600)
    track *= 0.6 / np.abs(track).max()

    # Eight strokes a bar of four beats: D = middle, t = rim, . = rest.
    pattern = "D.tD.ttD"
    for number in range(int(beats * 2) - 3):
        stroke = pattern[number % len(pattern)]
        if stroke != ".":
            deep = stroke == "D"
            loud = (0.42 if deep else 0.2) * random.uniform(0.85, 1.0)
            add(track, loud * drum(random, deep), 0.05 + number * beat / 2)
    return finish(room(track, 0.28, 1.1, random))


def write_wave(path, sound):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((sound * 32_767).round().astype("<i2").tobytes())


def main():
    here = Path(__file__).resolve().parent
    pieces = {"dombra": dombra, "sybyzgy": sybyzgy, "kobyz": kobyz}
    with tempfile.TemporaryDirectory() as folder:
        for seed, (name, piece) in enumerate(pieces.items(), start=1):
            sound = piece(np.random.default_rng(seed))
            source, target = Path(folder, f"{name}.wav"), here / f"{name}.mp3"
            write_wave(source, sound)
            subprocess.run(
                ["lame", "--quiet", "-m", "m", "-b", "64", "-q", "2", "--noreplaygain",
                 str(source), str(target)],
                check=True,
            )
            print(f"{target.name}: {len(sound) / RATE:.1f} s, {target.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
