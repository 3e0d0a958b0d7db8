"""The product on one machine: the packaged template, deployed on an emulator of AWS, behind one origin."""
