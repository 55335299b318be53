// Nothing needs this: it only makes some pages nicer to use.
