"""Writing minutes: their texts and remarks (``testi``), and the steps of their way (``passi``)."""
