"""boneplan: weekly menus and exercise for bone health under aromatase inhibitors."""

__version__ = "0.1.0"
