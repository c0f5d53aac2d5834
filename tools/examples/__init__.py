"""The ready projects, in the order in which they are offered; the first is what a newcomer meets."""

from . import breath_fm, clap_drums, hum_cloud, noise_painter, table_marimba, voice_choir

ALL = [module.PROJECT for module in (voice_choir, clap_drums, table_marimba, hum_cloud, breath_fm, noise_painter)]
