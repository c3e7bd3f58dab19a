"""What other catalogues harvest: dumps, their description (DCAT, VoID, GB/T 21063.3), changes."""
