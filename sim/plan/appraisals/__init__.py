"""Appraisals."""
