//! One folder a question: what each needs, its method, its answer and how it is shown.
