"""What the regulation says on disclosure (政府信息公开条例, 国令711号), as tables: steps, receipt, answers, letters, fees."""
