from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "seals.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("contributions", "0002_guards"), ("ledger", "0003_seals")]
    operations = [migrations.RunSQL([(SQL, None)], migrations.RunSQL.noop)]
