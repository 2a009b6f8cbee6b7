import sys

from zhengtong.cli import main

sys.exit(main())
