/// A few rows, with a text, a date, numbers and a null.
let smallPrices = """
  symbol,date,close,volume
  AA,2020-01-31,10.5,100
  BB,2020-02-03,3,NA
  AA,2021-01-04,12.25,300

  """
