"""What the inspector knows: faults as rows, thresholds with their source, pure functions over what a visit saw."""
