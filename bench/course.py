"""A synthetic course of 60 steps with tests of 20 questions: a page is measured at the size that its bar names."""

COURSE = "kursus-ukur"
SESI, STEPS = 6, 10
QUESTIONS, ANCHORS = 20, 4
BODY = "Sapalah setiap ibu dengan namanya. Duduklah sama tinggi, lalu beri waktu untuk bercerita. " * 12


def texts() -> dict[str, str]:
    """Its documents by path, with its tests, as an author would have written them."""
    names = [f"ukur{n}-s01" for n in range(1, SESI + 1)]
    found = {f"courses/{COURSE}.yaml": MANIFEST + "".join(MODUL.format(n=n) for n in range(1, SESI + 1))}
    for sesi in names:
        folder = f"modules_content/{COURSE}/{sesi}/"
        found[f"{folder}_sesi.md"] = HEAD.format(sesi=sesi)
        for n in range(1, STEPS + 1):
            found[f"{folder}{n:02d}-langkah.md"] = STEP.format(sesi=sesi, n=n, body=BODY)
    own = QUESTIONS - ANCHORS
    forms = ["A"] * own + ["B"] * own + ["anchor"] * ANCHORS + ["cek"]
    items = [ITEM.format(sesi=names[0], n=n, form=form) for n, form in enumerate(forms, 1)]
    found[f"modules_content/{COURSE}/{names[0]}/soal.yaml"] = "".join(items)
    return found


MANIFEST = f"""\
id: {COURSE}
title: Kursus untuk mengukur
completion: {{cards: required, post_test: 70}}
blueprint: {{minutes: 20, size: {QUESTIONS}, anchors: {ANCHORS}, shares: {{ukur1: {QUESTIONS}}}}}
modul:
"""
MODUL = """\
  - {{id: ukur{n}, title: Modul ukur {n}, group: inti, jp: 3, sesi: [ukur{n}-s01]}}
"""
HEAD = """\
---
id: {sesi}
title: Sesi {sesi}
aim: Pendamping dapat memulai pertemuan.
objectives: [{{id: {sesi}-t1, text: Memulai pertemuan dengan hangat}}]
minutes: 60
---
Sesi ini hanya untuk mengukur.
"""
STEP = """\
---
id: {sesi}-l{n:02d}
title: Langkah ke-{n} dengan judul yang wajar
minutes: 6
objectives: [{sesi}-t1]
key: Mulailah dengan hangat.
teach: {{purpose: Mencoba, do: [Sapa], say: ["Selamat pagi."], ask: Apa kabar?, adaptation: Tanpa listrik pun bisa.}}
prove: Pendamping menyapa setiap ibu.
---
{body}
"""
ITEM = """\
- id: q-{sesi}-{n:02d}
  kind: single
  objective: {sesi}-t1
  form: {form}
  reread: {sesi}-l01
  stem: Apa yang Anda lakukan lebih dahulu, pertanyaan {n}?
  options:
    - {{text: Menyapa {n}, correct: true, why: Sapaan membuka pertemuan {n}.}}
    - {{text: Menulis {n}, correct: false, why: Menulis bisa nanti {n}.}}
    - {{text: Menunggu {n}, correct: false, why: Menunggu membuat ragu {n}.}}
"""
