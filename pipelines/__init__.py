"""Zhibiao (指标): Chinese government reports as a queryable star schema."""
