"""Every SELECT of enrolment but for those of spells: of classes, enrolments, meetings and calls."""
