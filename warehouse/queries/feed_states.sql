-- One row per feed or sitemap: what its looks leave behind for the next one.
from feed_state
