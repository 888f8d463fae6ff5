"""Modules that agents train on."""
