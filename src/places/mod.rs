//! Where things are: boroughs, wards, outward codes, postcodes, practices.
