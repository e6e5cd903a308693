"""What helps against each obstacle: three sentences that somebody can try next week."""

from typing import Any

from p2k2lms.core.i18n import lazy

TIPS: dict[str, tuple[Any, ...]] = {
    "waktu_sempit": (
        lazy("Mulai tepat waktu, walaupun baru separuh yang datang. Minggu depan yang lain ikut tepat."),
        lazy("Pakai menit di Buku Langkah. Kalau satu langkah melewati waktunya, tutup dengan satu kalimat simpulan."),
        lazy("Jangan buang praktik dan tugas rumah. Bila harus memotong, potong ceramah dan tandai sebagian."),
    ),
    "lambat_paham": (
        lazy("Ganti penjelasan dengan contoh dari dapur atau kebun mereka, lalu tanya: apa yang Ibu lihat di sini?"),
        lazy("Ajak berpasangan. Yang sudah paham mengulang dengan bahasanya sendiri kepada tetangganya."),
        lazy("Satu pertemuan satu pesan. Ulangi pesan itu di awal pertemuan berikut, sebelum materi baru."),
    ),
    "banyak_absen": (
        lazy("Sepakati hari dan jam bersama kelompok, sekali untuk tiga bulan, bukan tiap kali."),
        lazy("Minta ketua kelompok mengabari dua hari sebelum dan pada pagi hari pertemuan."),
        lazy("Kunjungi keluarga yang dua kali tidak datang. Dengarkan alasannya, jangan mulai dari kewajiban."),
    ),
    "tempat": (
        lazy("Minta kelompok memilih: balai, musala, sekolah sore hari, atau teras rumah yang teduh dan bergilir."),
        lazy("Duduk melingkar di tikar, gambar setinggi mata, tidak ada yang membelakangi."),
        lazy("Tanyakan balai desa kepada pemerintah desa dengan jadwal tiga bulan tertulis."),
    ),
    "alat": (
        lazy("Pakai yang ada di rumah: gelas, sayur, kalender, uang mainan dari kertas."),
        lazy("Gambar sesi tampil penuh di HP. Untuk kelompok besar, edarkan HP per lingkaran kecil."),
        lazy("Cetak lembar balik modul bulan depan dari menu kursus sebelum berangkat ke desa."),
    ),
    "cuaca_jalan": (
        lazy("Rencanakan dua hari cadangan di bulan musim hujan, dan tulis di rencana bulan."),
        lazy("Unduh modul sebelum berangkat. Laporan tersimpan di HP dan terkirim saat ada sinyal."),
        lazy("Bila jalan putus, temui dua kelompok yang berdekatan bersama, lalu laporkan sebagai satu pertemuan."),
    ),
    "jarak_ongkos": (
        lazy("Susun kelompok yang searah pada hari yang sama di rencana bulan."),
        lazy("Tanya apakah dua kelompok kecil di desa yang sama mau bertemu bersama."),
        lazy("Catat desa dan jaraknya sebagai kendala. Hitungannya sampai ke Dinas Sosial sebagai dasar usulan."),
    ),
    "sinyal_listrik": (
        lazy("Semua halaman mengajar dan melapor bekerja tanpa sinyal setelah modulnya diunduh."),
        lazy("Isi baterai malam sebelumnya, redupkan layar, dan bawa satu set gambar cetak."),
        lazy("Kirim laporan dari titik sinyal terdekat. Nomor resi menandakan laporan sudah sampai."),
    ),
    "belum_yakin": (
        lazy("Latih satu sesi di depan satu teman, dengan Buku Langkah di tangan, sebelum ke kelompok."),
        lazy("Minta supervisor atau teman hadir sekali dan hanya mengamati. Bicarakan satu hal saja sesudahnya."),
        lazy("Mulai dengan pertanyaan pembuka yang mudah. Kelompok yang bicara membuat Anda tenang."),
    ),
    "belum_kuasai": (
        lazy("Baca ulang kartu sesi dan jawab cek cepatnya sehari sebelum pertemuan."),
        lazy("Tidak apa-apa berkata: saya catat dulu, minggu depan saya jawab. Lalu jawab sungguh-sungguh."),
        lazy("Minta sesi itu dibahas dalam bimbingan dengan supervisor."),
    ),
    "kelompok_besar": (
        lazy("Bagi menjadi lingkaran enam sampai delapan orang dengan satu penggerak di tiap lingkaran."),
        lazy("Bila lebih dari 40 keluarga, bicarakan dengan supervisor untuk membagi kelompok menjadi dua."),
        lazy("Pakai dua giliran tanya: yang kiri menjawab, yang kanan menambahkan."),
    ),
    "bahasa_budaya": (
        lazy("Minta satu ibu menjadi penerjemah dan penjaga waktu, bergantian tiap bulan."),
        lazy("Tanya lebih dulu bagaimana hal ini biasa dilakukan di sini, lalu sambungkan dengan pesan sesi."),
        lazy("Libatkan tokoh yang didengar, misalnya kader atau guru mengaji, pada sesi yang peka."),
    ),
    "kegiatan_desa": (
        lazy("Ambil kalender desa di awal bulan, lalu pilih hari yang kosong."),
        lazy("Titipkan pesan satu menit pada kegiatan desa dan pindahkan pertemuan dua hari, bukan dua minggu."),
        lazy("Kabari pemerintah desa tentang jadwal P2K2 supaya tidak bertabrakan."),
    ),
    "jadwal_bantuan": (
        lazy("Jangan tempelkan P2K2 pada hari pencairan. Orang datang dengan pikiran lain."),
        lazy("Jawab pertanyaan bantuan sepuluh menit di akhir, sesudah sesi selesai."),
        lazy("Katakan dengan jelas: hadir di P2K2 tidak menentukan besar bantuan hari itu."),
    ),
}
