//! Offers: what people come here to find.
