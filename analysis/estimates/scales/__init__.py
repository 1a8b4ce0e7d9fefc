"""Scales of several items: how reliable their sum is, and what each item adds."""
