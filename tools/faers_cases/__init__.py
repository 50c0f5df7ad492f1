"""Read published reports, FAERS quarter files and openFDA events, in as case files of this program.

Usage: python -m tools.faers_cases SOURCE --into FOLDER [--alike]

SOURCE is a folder with the $-separated files of a quarter, or a JSON file of openFDA. Each report
becomes one case file that ``case import`` takes. Every value of the source goes into an item or
into the words of the case with the reason; the counts of both are printed, and a value that went
nowhere or that came from nowhere ends the run with 1.
"""
