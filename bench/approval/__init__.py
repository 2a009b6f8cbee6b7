"""One approval step: our action, the same rows by bare SQL, and a BPMN engine."""
