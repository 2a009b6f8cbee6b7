"""Registered documents that are not filed, and why."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0004_checks_and_transfers'),
        ('orgs', '0002_codes_are_permanent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=60, verbose_name='机关代字')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('serial', models.PositiveIntegerField(verbose_name='顺序号')),
                ('number', models.CharField(max_length=60, verbose_name='文号或收文号')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='题名')),
                ('ground', models.CharField(choices=[('general', '上级普发性文件，不需本机关办理'), ('copied', '供参考的抄件，不需办理的抄送文件'), ('peer', '同级机关文件，不需贯彻执行'), ('below', '下级机关供参阅的简报、情况反映，越级抄报'), ('staff', '任免、奖惩非本机关工作人员的文件'), ('double', '重份文件'), ('routine', '无查考利用价值的事务性、临时性文件'), ('other_job', '本机关负责人兼任外单位职务形成的文件'), ('void', '文号作废，没有形成文件')], max_length=12, verbose_name='理由')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='情况')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='确定人')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waiver', to='archive.item')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organ', verbose_name='机关')),
            ],
            options={
                'ordering': ['series', 'serial'],
                'constraints': [models.UniqueConstraint(fields=('organ', 'series', 'year', 'serial'), name='archive_waived_once'), models.CheckConstraint(condition=models.Q(('ground__in', ['general', 'copied', 'peer', 'below', 'staff', 'double', 'routine', 'other_job', 'void'])), name='archive_waiver_ground')],
            },
        ),
    ]
