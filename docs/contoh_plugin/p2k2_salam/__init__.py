"""Salam: the smallest plugin of one's own, a page and a card on the home page."""
