package m

import _ "example.com/m/v2/sub"
