"""Non-standard forms that slip into Indonesian texts, each with the form of the KBBI."""

_PAIRS = """
aktifitas aktivitas, aktip aktif, analisa analisis, antri antre, apotik apotek, atlit atlet, azas asas, bathin batin,
cabe cabai, cidera cedera, diagnosa diagnosis, dikarenakan karena, efektifitas efektivitas, faham paham, fikir pikir,
frekwensi frekuensi, hakekat hakikat, himbau imbau, himbauan imbauan, hipotesa hipotesis, hutang utang, ijin izin,
ijinkan izinkan, jadual jadwal, jaman zaman, jendral jenderal, kadaluarsa kedaluwarsa, kadaluwarsa kedaluwarsa, karir
karier, kongkrit konkret, konkrit konkret, konsekwensi konsekuensi, kreatifitas kreativitas, kwalitas kualitas,
kwantitas kuantitas, kwitansi kuitansi, lobang lubang, managemen manajemen, mempedulikan memedulikan, mempengaruhi
memengaruhi, mengkonsumsi mengonsumsi, mengkomunikasikan mengomunikasikan, mengkoordinasikan mengoordinasikan,
mensukseskan menyukseskan, mentaati menaati, mentertawakan menertawakan, mentolerir menoleransi, menterjemahkan
menerjemahkan, menyolok mencolok, merubah mengubah, dirubah diubah, mesjid masjid, metoda metode, milyar miliar, nafas
napas, nasehat nasihat, nasehati nasihati, menasehati menasihati, nomer nomor, nopember November, obyek objek,
obyektif objektif, pebruari Februari, perduli peduli, praktek praktik, prakteknya praktiknya, mempraktekkan
mempraktikkan, prosentase persentase, propinsi provinsi, raport rapor, rejeki rezeki, resiko risiko, beresiko
berisiko, sekedar sekadar, sekedarnya sekadarnya, silahkan silakan, sistim sistem, sistimatis sistematis, standarisasi
standardisasi, subyek subjek, subyektif subjektif, survai survei, syah sah, tauladan teladan, tehnik teknik, tehnis
teknis, telor telur, terlanjur telanjur, terlantar telantar, trampil terampil, ketrampilan keterampilan, walikota wali
kota, wujutkan wujudkan, ijasah ijazah, kerjasama kerja sama, bekerjasama bekerja sama, tandatangan tanda tangan,
terimakasih terima kasih, dimana di mana, disini di sini, disana di sana, diantara di antara, diatas di atas, dibawah
di bawah, didalam di dalam, diluar di luar, kedalam ke dalam
"""


def _pairs() -> dict[str, str]:
    entries = (entry.split(maxsplit=1) for entry in " ".join(_PAIRS.split()).split(", "))
    return {wrong: right for wrong, right in entries}


STANDARD = _pairs()
