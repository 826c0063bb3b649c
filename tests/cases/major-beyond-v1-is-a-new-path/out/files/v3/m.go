package m

import _ "example.com/m/v3/sub"
