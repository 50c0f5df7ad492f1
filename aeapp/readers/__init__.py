"""The only package that knows libraries for the files of others: HL7 messages, XML of strangers.

Services reach it through the port ``VitalsReader``; bootstrap hands the readers over.
"""
