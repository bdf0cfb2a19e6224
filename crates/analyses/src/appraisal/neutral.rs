//! Ranges on their own: the neutral model format of `penshaw simulate`.
