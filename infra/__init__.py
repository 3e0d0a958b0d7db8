"""What surrounds the code: the resources it runs on, how it is packaged, and the product on one machine."""
