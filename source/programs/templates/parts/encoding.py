# if encoding
# | ENCODING = "cp949"  # value: encoding
# replace .encode() with .encode(ENCODING)
# replace .decode() with .decode(ENCODING)
# replace .decode(errors with .decode(ENCODING, errors
# end
