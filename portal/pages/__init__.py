"""The portal's own pages: plain files, served without a build step and without a foreign host."""
