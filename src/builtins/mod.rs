//! The functions of the language: names, signatures, meaning and an example each. Their bodies are not here.
