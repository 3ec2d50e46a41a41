"""When medicines, meals and supplements stand in a day: meals that move, supplements placed, dated intakes."""
