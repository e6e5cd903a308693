"""Tests: papers drawn from the item bank, answers saved one by one, marks, reviews and own gain."""
