/** What is different about CDKTF here: each file says why. Loaded before CDKTF. */
import './array-check';
import './quiet-tokens';
import './without-archiver';
