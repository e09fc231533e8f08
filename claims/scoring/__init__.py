"""Estimates with intervals and calibration: nothing but arithmetic."""
