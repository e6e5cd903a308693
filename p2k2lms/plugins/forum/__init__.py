"""Tanya rekan: questions and answers of peers beside a langkah, an obstacle, a class, the alumni of a centre."""
