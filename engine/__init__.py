"""A static site generator for public quality information: load, link, check, plan, render, write."""
